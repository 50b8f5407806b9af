/**
 * Preloaded by `.mocharc.json`: TypeScript through tsx, and every test as the ES modules that production runs.
 *
 * Where Node can `require` ES modules, mocha 12 loads files by `require` and falls back to `import` when that fails. tsx
 * makes CommonJS of what is required, so that some test files would get other instances of the same modules than others
 * (and than fixtures.ts): two servers for one, `instanceof` that fails. Without the feature flag mocha imports at once.
 */
import 'tsx'

Object.defineProperty(process.features, 'require_module', { value: false })
