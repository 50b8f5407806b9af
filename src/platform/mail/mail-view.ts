import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs, { type TemplateFunction } from 'ejs'

/** Renders a mail's HTML from a view; everything is escaped as in pages. `view` is such as `notices/mail/notice`. */
export type RenderMail = <Shape extends object>(view: string, shape: Shape) => string

/** @param viewsFolder the folder `views` of the project; a view is read once */
export function makeRenderMail(viewsFolder: string): RenderMail {
  const views = new Map<string, TemplateFunction>()
  const compiled = (view: string): TemplateFunction => {
    const filename = join(viewsFolder, `${view}.ejs`)
    const known = views.get(view) ?? ejs.compile(readFileSync(filename, 'utf8'), { filename })
    views.set(view, known)
    return known
  }
  return (view, shape) => compiled(view)(shape)
}
