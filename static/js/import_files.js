// Files for an import: dropped anywhere on the page (folders too), listed, taken out again.

const MOST_FILES = 500; // what one request may hold; the command line takes any number
const SIZES = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });

export function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  let step = 0;
  for (; bytes >= 1024 && step < units.length - 1; step += 1) bytes /= 1024;
  return `${SIZES.format(bytes)} ${units[step]}`;
}

async function entriesOf(reader) {
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

async function filesOf(entry) {
  if (entry.name.startsWith(".")) return [];
  if (entry.isFile) {
    return [await new Promise((resolve, reject) => { entry.file(resolve, reject); })];
  }
  const inside = [];
  for (const child of await entriesOf(entry.createReader())) inside.push(...await filesOf(child));
  return inside;
}

async function dropped(transfer) {
  // Entries must be asked for before the first await: the list is emptied after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files];
  const files = [];
  for (const entry of entries) files.push(...await filesOf(entry));
  return files;
}

export function bindFiles(input, list, onChange) {
  let files = [...input.files];

  function set(chosen) {
    const seen = new Map(chosen.map((file) => [`${file.name}\n${file.size}\n${file.lastModified}`, file]));
    files = [...seen.values()];
    const transfer = new DataTransfer();
    for (const file of files.slice(0, MOST_FILES)) transfer.items.add(file);
    input.files = transfer.files;
    show();
    onChange(files);
  }

  function show() {
    list.replaceChildren();
    if (files.length === 0) return;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const words = document.createElement("p");
    words.textContent = files.length === 1 ? "1 file chosen" : `${files.length} files chosen, ${size(total)}`;
    list.append(words);
    if (files.length > MOST_FILES) {
      const error = document.createElement("p");
      error.className = "error";
      error.textContent = `A page takes ${MOST_FILES} files at a time; the first ${MOST_FILES} will be sent. Put them in one zip, or use the command line, for all.`;
      list.append(error);
    }
    const rows = document.createElement("ul");
    rows.setAttribute("role", "list");
    for (const file of files.slice(0, MOST_FILES)) rows.append(row(file));
    list.append(rows);
  }

  function row(file) {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.className = "name";
    name.textContent = file.name;
    const bytes = document.createElement("span");
    bytes.className = "soft";
    bytes.textContent = size(file.size);
    const out = document.createElement("button");
    out.type = "button";
    out.className = "quiet";
    out.textContent = "Remove";
    out.setAttribute("aria-label", `Remove ${file.name}`);
    out.addEventListener("click", () => {
      set(files.filter((other) => other !== file));
      (list.querySelector("button") ?? input).focus();
    });
    item.append(name, bytes, out);
    return item;
  }

  input.addEventListener("change", () => set([...files, ...input.files]));

  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("is-dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("is-dropping");
  });
  document.addEventListener("drop", async (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("is-dropping");
    set([...files, ...await dropped(event.dataTransfer)]);
  });
}
