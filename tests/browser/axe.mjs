// SPDX-License-Identifier: GPL-3.0-or-later
// axe.mjs FOLDER BASE PATH...: holds pages against axe-core in Chromium, on a desktop and on a phone in the dark. FOLDER has axe-core and
// playwright-core in its node_modules. Prints what is wrong; exit status 1 when anything is, or when a page is wider than its window.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [folder, base, ...paths] = process.argv.slice(2);
const require = createRequire(`${folder}/package.json`);
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const windows = [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 800 }, colorScheme: 'dark' },
];
// axe does not see the words of a formula
const isKnown = (rule, node) => rule === 'empty-table-header' && node.html.includes('<math');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
let faults = 0;
for (const window of windows) {
  const context = await browser.newContext({ ...window, bypassCSP: true });
  const page = await context.newPage();
  for (const path of paths) {
    const answer = await page.goto(base + path, { waitUntil: 'load' });
    const tell = (what) => { ++faults; console.log(`${path} at ${window.viewport.width}: ${what}`); };
    if (!answer.ok()) tell(`status ${answer.status()}`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    for (const { id, nodes } of violations) {
      for (const node of nodes) if (!isKnown(id, node)) tell(`${id}: ${node.html.slice(0, 160)}`);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) tell(`${over} pixels wider than the window`);
  }
  await context.close();
}
await browser.close();
console.log(`${paths.length} pages, ${windows.length} windows, ${faults} faults`);
process.exit(faults ? 1 : 0);
