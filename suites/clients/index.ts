/** The clients whose requests `--clients` sends. */
import { entra } from './entra/entra.js';
import { okta } from './okta.js';
import { onelogin } from './onelogin.js';
import { packOf } from './pack.js';
import { pingfederate } from './pingfederate.js';

export const clientPacks = [entra, okta, onelogin, pingfederate].map(packOf);
