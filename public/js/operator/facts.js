/** What the server has put into the page: where one works, and as whom. */
const holder = document.querySelector('[data-console]')

/**
 * @type {{ site: string, timeZone: string, today: string, counter: { id: string, name: string }, username: string,
 *   csrfToken: string, services: { id: string, name: string, lane: string }[] }}
 */
export const facts = JSON.parse(holder?.dataset.console ?? '{}')

/** @param {string} id */
export const serviceName = (id) => facts.services.find((service) => service.id === id)?.name ?? id
