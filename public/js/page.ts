/** What every page is nicer with; nothing breaks without. */
import { countCharacters } from './characters.js'
import { countDown } from './hold.js'
import { focusWhatIsSaid, offerPrinting } from './niceties.js'
import { submitOnce } from './submit-once.js'

focusWhatIsSaid()
offerPrinting()
submitOnce(document)
countCharacters(document)
countDown(document)
