/** A headless browser for tests that look at a page as a reader does. */
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium of this machine: `CHROMIUM` says where it is, if not at the usual place. */
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** A sentence on why there is no browser on this machine; undefined if there is one. */
export const whyNoBrowser = (): string | undefined =>
  existsSync(executablePath) ? undefined : `there is no Chromium at ${executablePath}`;

export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args: flags });
