import type { ConsoleFacts } from '../../../src/operator/console.shape.js'
import { find } from '../kit/page.js'

/** What the server has put into the page: where one works, and as whom. */
export const facts = JSON.parse(find(HTMLElement, '[data-console]').dataset.console ?? '') as ConsoleFacts

export const serviceName = (id: string): string => facts.services.find((service) => service.id === id)?.name ?? id
