#!/usr/bin/env node
/** The command line. It is loaded only when this process is watched, so that even a broken installation ends with 2. */
import { watchProcess } from './process/last-resort.js';

watchProcess();
const { main } = await import('./main.js');
await main();
