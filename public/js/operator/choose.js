import { signOutButton } from './sign-out.js'

signOutButton()
