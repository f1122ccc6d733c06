// WordPress's own parser and validator on every file named; what the editor would save is compared byte for byte.
import fs from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { url: "http://localhost/", pretendToBeVisual: true });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const quiet = () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} });
Object.assign(globalThis, { window, ResizeObserver: Observer, IntersectionObserver: Observer, matchMedia: quiet, CSS: { supports: () => false } });
window.matchMedia = quiet;
globalThis.requestIdleCallback = window.requestIdleCallback = (f) => setTimeout(f, 0);
console.error = console.warn = console.info = () => {};

const require = createRequire(import.meta.url);
const grammar = require("@wordpress/block-serialization-default-parser");
const { parse, serialize } = require("@wordpress/blocks");
require("@wordpress/block-library").registerCoreBlocks();
const LOOSE = ["core/missing", "core/freeform", "core/html"];
let wrong = 0;
const look = (block, file) => {
  if (!block.isValid || LOOSE.includes(block.name)) wrong++, console.log(file, block.name, block.originalContent?.slice(0, 300));
  block.innerBlocks.forEach((inner) => look(inner, file));
};
let same = 0;
for (const file of process.argv.slice(2)) {
  const text = fs.readFileSync(file, "utf8");
  const outside = grammar.parse(text).filter((b) => b.blockName === null && b.innerHTML.trim());
  if (outside.length) wrong++, console.log(file, "text outside of blocks", outside[0].innerHTML.slice(0, 200));
  const blocks = parse(text);
  blocks.forEach((block) => look(block, file));
  const saved = serialize(blocks).trim();
  const plain = (words) => words.replaceAll("&#91;", "[").replaceAll("&#58;", ":");
  if (plain(saved) === plain(text.trim())) same++;
  else {
    const [ours, theirs] = [plain(text.trim()), plain(saved)].map((one) => one.split("\n"));
    wrong++, console.log(file, "is not what the editor saves:", ours.find((l, n) => l !== theirs[n]), theirs.find((l, n) => l !== ours[n]));
  }
}
console.log(`WordPress: ${wrong} wrong; ${same} of ${process.argv.length - 2} files as the editor saves them`);
process.exit(wrong ? 1 : 0);
