// axe-core and the vocabulary on every page named, at the width of a phone and of a desk; pictures beside the pages.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { faults } from "./vocabulary.mjs";

const axe = fs.readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(fs.existsSync);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let wrong = 0;
const tell = (...words) => (wrong++, console.log(...words));
for (const file of process.argv.slice(2)) {
  for (const [width, colorScheme] of [[390, "light"], [1280, "light"], [390, "dark"]]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.route(/^https?:/, (route) => route.abort());
    await page.goto(`file://${file}`);
    await page.screenshot({ path: file.replace(/html$/, `${width}-${colorScheme}.png`) });
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run());
    for (const v of found.violations) tell(file, width, colorScheme, v.id, v.help, v.nodes[0].html.slice(0, 200));
    if ((await page.evaluate(() => document.documentElement.scrollWidth)) > width) tell(file, width, "is too wide");
    await page.close();
  }
  if (/\/desk-[^/]*$/.test(file)) continue; // for those who write it: no page of the site
  const data = fs.readFileSync(file, "utf8").match(/<script type="application\/ld\+json">(.*?)<\/script>/s);
  for (const fault of data ? faults(JSON.parse(data[1])) : ["no structured data"]) tell(file, fault);
}
await browser.close();
console.log(`axe-core, vocabulary: ${wrong} wrong on ${process.argv.length - 2} pages`);
process.exit(wrong ? 1 : 0);
