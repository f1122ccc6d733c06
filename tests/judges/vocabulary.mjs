// Types and properties of schema.org: every object of a page's JSON-LD holds only what its type may have.
import fs from "node:fs";

const source = fs.readFileSync(new URL("node_modules/schema-dts/dist/schema.d.ts", import.meta.url), "utf8");
const types = new Map();
for (const [, name, parents, body] of source.matchAll(/^interface (\w+)Base(?: extends ([^{]+))? \{\n([\s\S]*?)^\}/gm)) {
  types.set(name, {
    parents: [...(parents ?? "").matchAll(/(\w+)Base/g)].map((m) => m[1]),
    own: new Set([...body.matchAll(/^    "(\w+)"\?:/gm)].map((m) => m[1])),
  });
}
const has = (type, name) => {
  const known = types.get(type);
  return known.own.has(name) || known.parents.some((parent) => has(parent, name));
};

export function faults(data, at = "") {
  if (Array.isArray(data)) return data.flatMap((one) => faults(one, at));
  if (data === null || typeof data !== "object") return [];
  if (!types.has(data["@type"])) return [`${at}: no type ${data["@type"]}`];
  return Object.entries(data).flatMap(([name, value]) => {
    const wrong = name.startsWith("@") || has(data["@type"], name) ? [] : [`${at}: ${data["@type"]} has no ${name}`];
    return [...wrong, ...faults(value, `${at}/${name}`)];
  });
}
