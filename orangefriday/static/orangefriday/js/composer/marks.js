// What the buttons of the bar do to the selected words.

const AROUND = { bold: ["**", "**"], italic: ["*", "*"], spoiler: ["||", "||"] };
const BEFORE = { quote: "> ", list: "- ", tasks: "- [ ] " };

export function mark(composer, name) {
  const { area } = composer;
  const [from, to] = [area.selectionStart, area.selectionEnd];
  const words = area.value.slice(from, to);
  if (AROUND[name]) return wrap(composer, words, from, to, ...AROUND[name], composer.text(name === "spoiler" ? "spoiler" : "words"));
  if (BEFORE[name]) return begin(composer, BEFORE[name]);
  if (name === "link") return link(composer, words, from, to);
  if (name === "code") return code(composer, words, from, to);
  if (name === "table") return composer.put(table(composer), from, to);
  if (name === "mention") return composer.put(/\S$/.test(area.value.slice(0, from)) && /[a-z0-9]$/i.test(area.value.slice(0, from)) ? " @" : "@", from, to);
}

// Around the words; pressed again it takes the marks away.
function wrap(composer, words, from, to, before, after, invitation) {
  const { area } = composer;
  const isMarked = area.value.slice(from - before.length, from) === before && area.value.slice(to, to + after.length) === after;
  if (isMarked) {
    composer.put(words, from - before.length, to + after.length);
    return area.setSelectionRange(from - before.length, to - before.length);
  }
  const inside = words || invitation;
  composer.put(before + inside + after, from, to);
  area.setSelectionRange(from + before.length, from + before.length + inside.length);
}

// At the beginning of every selected line; pressed again it takes the marks away.
function begin(composer, sign) {
  const { area } = composer;
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const end = area.value.indexOf("\n", area.selectionEnd);
  const to = end < 0 ? area.value.length : end;
  const lines = area.value.slice(from, to).split("\n");
  const isMarked = lines.every((line) => line.startsWith(sign));
  const marked = lines.map((line) => (isMarked ? line.slice(sign.length) : sign + line)).join("\n");
  composer.put(marked, from, to);
  area.setSelectionRange(lines.length > 1 ? from : from + marked.length, from + marked.length);
}

function link(composer, words, from, to) {
  const isAddress = /^https?:\/\/\S+$/.test(words);
  const text = isAddress ? composer.text("words") : words || composer.text("words");
  const address = isAddress ? words : composer.text("address");
  composer.put(`[${text}](${address})`, from, to);
  const at = isAddress ? from + 1 : from + text.length + 3;
  composer.area.setSelectionRange(at, at + (isAddress ? text : address).length);
}

function code(composer, words, from, to) {
  if (!words.includes("\n")) return wrap(composer, words, from, to, "`", "`", composer.text("code"));
  const isLineStart = from === 0 || composer.area.value[from - 1] === "\n";
  composer.put(`${isLineStart ? "" : "\n"}\`\`\`\n${words.replace(/\n$/, "")}\n\`\`\`\n`, from, to);
}

function table(composer) {
  const name = composer.text("table");
  return `\n\n| ${name} 1 | ${name} 2 |\n| --- | --- |\n|  |  |\n`;
}
