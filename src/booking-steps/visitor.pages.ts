import { COMUNI, type VisitorInput, visitorInputs } from '../visitors/index.js'
import type { Draft, TypedVisitor } from './booking-draft.js'
import { OTHER_COMUNE } from './steps.forms.js'
import type { Shown } from '../citizen/index.js'
import type { StepPage, StepPages } from './step.pages.js'
import type { Speech } from '../platform/pages/speech.js'

export interface DetailsPage extends StepPage {
  notes: string
  most: number
}

export interface VisitorPage extends StepPage {
  values: TypedVisitor
  inputs: Record<VisitorInput['part'], ReturnType<typeof visitorInputs>>
  comuni: { value: string; label: string; selected: boolean }[]
  otherComune: { value: string; selected: boolean }
}

export interface NotEligiblePage {
  steps: StepPage['steps']
  districts: DistrictView[]
}

export interface DistrictView {
  name: string
  comuni: string[]
}

/** The Comuni by district, in the order of the alphabet. */
export const districts = (): DistrictView[] =>
  [...new Set(COMUNI.map(({ district }) => district))].sort().map((name) => ({
    name,
    comuni: COMUNI.filter(({ district }) => district === name).map((comune) => comune.name),
  }))

/** Characters of the national template's free text. */
const MOST_NOTES = 200

export class VisitorPages {
  constructor(private readonly steps: StepPages) {}

  async details(draft: Draft, speech: Speech, shown: Shown = {}): Promise<DetailsPage> {
    return {
      ...(await this.steps.base(draft, speech, { ...shown, step: 'details' })),
      notes: draft.notes,
      most: MOST_NOTES,
    }
  }

  async visitor(draft: Draft, speech: Speech, shown: Shown = {}): Promise<VisitorPage> {
    return {
      ...(await this.steps.base(draft, speech, { ...shown, step: 'visitor' })),
      values: draft.visitor,
      inputs: { person: visitorInputs('person'), contacts: visitorInputs('contacts') },
      comuni: COMUNI.map(({ istat, name }) => ({
        value: istat,
        label: name,
        selected: istat === draft.visitor.comune,
      })),
      otherComune: { value: OTHER_COMUNE, selected: draft.visitor.comune === OTHER_COMUNE },
    }
  }

  async notEligible(draft: Draft, speech: Speech): Promise<NotEligiblePage> {
    return { steps: (await this.steps.base(draft, speech, { step: 'visitor' })).steps, districts: districts() }
  }
}
