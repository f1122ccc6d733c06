// Keyphrase density and transition words as yoastseo counts them. Reads JSON lines from standard input, writes JSON lines.
// `yoastseo` (GPL-3) is looked for where NODE_PATH says; it is no dependency of Marbre and never shipped.
const { Paper } = require("yoastseo").values ?? require("yoastseo");
const Researcher = require("yoastseo/build/languageProcessing/languages/fr/Researcher").default;
const LanguageProcessor = require("yoastseo/build/parse/language/LanguageProcessor").default;
const build = require("yoastseo/build/parse/build/build").default;

const lines = require("fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const { name, html, keyphrase } of lines.map((line) => JSON.parse(line))) {
  const paper = new Paper(html, { keyword: keyphrase, locale: "fr_FR" });
  const researcher = new Researcher(paper);
  paper.setTree(build(paper, new LanguageProcessor(researcher)));
  const transitions = researcher.getResearch("findTransitionWords");
  const figures = {
    name,
    density: researcher.getResearch("getKeyphraseDensity").density,
    mentions: researcher.getResearch("getKeyphraseCount").count,
    sentences: transitions.totalSentences,
    transitions: transitions.sentenceResults.map((result) => result.transitionWords.flat()),
  };
  console.log(JSON.stringify(figures));
}
