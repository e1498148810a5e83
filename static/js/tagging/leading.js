// That a tag leads to another, a quotation to who spoke: chosen from the tags there are, nearest first.
import { announce, make, short } from "./elements.js";

const OFFERED = 200; // of each relation; one farther off is named by an API
const SEEN = 8; // lines of the list

export class Leading {
  constructor({ desk, acts, popover }) {
    Object.assign(this, { desk, acts, popover });
  }

  // By which relations a tag may lead on, whether or not there is a tag to lead to.
  relations(id) {
    const line = this.desk.line(id);
    if (!line || isGold(line)) return [];
    const { kind } = line.dataset;
    return this.desk.data.relations.filter(({ sources }) => !sources.length || sources.includes(kind));
  }

  open(id) {
    const place = this.desk.place(id);
    const led = this.led(id);
    const offered = this.relations(id).map((relation) => [relation, this.#targets(id, place, relation, led)]);
    if (!led.length && offered.every(([, targets]) => !targets.length)) {
      const kinds = this.relations(id).flatMap(({ targets }) => targets);
      const wanted = [...new Set(kinds)].map((slug) => this.desk.kind(slug)?.name ?? slug).join(", ");
      announce(`Nothing is tagged here that this could lead to${wanted ? `: ${wanted}` : ""}.`);
      return;
    }
    this.#ask(id, place, offered, led);
  }

  // Where a tag leads to already, as its line says it: { relation, target, name }.
  led(id) {
    const links = this.desk.line(id)?.querySelectorAll("a[data-relation]") ?? [];
    return [...links].map((link) => ({
      relation: link.dataset.relation,
      target: Number(link.hash.slice("#tag-".length)),
      name: link.textContent,
    }));
  }

  #targets(id, place, { slug, targets }, led) {
    const isLed = (target) => led.some((each) => each.relation === slug && each.target === target);
    const { suggested, places } = this.desk;
    return [...places]
      .filter(([other]) => other !== id && !suggested.has(other) && !isLed(other))
      .filter(([other]) => !isGold(this.desk.line(other)))
      .filter(([other]) => !targets.length || targets.includes(this.desk.line(other)?.dataset.kind))
      .sort(([, a], [, b]) => Math.abs(a[0] - place[0]) - Math.abs(b[0] - place[0]))
      .slice(0, OFFERED)
      .map(([target, at]) => ({ target, name: this.#named(target, at) }));
  }

  #named(id, place) {
    const quote = this.desk.text.slice(...place) ?? "";
    const name = this.desk.line(id)?.querySelector(".note-name")?.textContent || quote;
    return name === quote ? short(name, 60) : `${short(name, 60)} (“${short(quote)}”)`;
  }

  #ask(id, place, offered, led) {
    const groups = offered
      .filter(([, targets]) => targets.length)
      .map(([relation, targets]) => this.#group(relation.name, "relate", relation.slug, targets));
    const names = new Map(this.desk.data.relations.map((each) => [each.slug, each.name]));
    for (const { relation, target, name } of led) {
      const said = `${names.get(relation) ?? relation} no more`;
      groups.push(this.#group(said, "unrelate", relation, [{ target, name }]));
    }
    const lines = groups.reduce((sum, group) => sum + group.childElementCount + 1, 0);
    const list = make(
      "select",
      { size: Math.max(Math.min(lines, SEEN), 2), class: "tag-leads", "aria-label": "Leads to", dir: "auto" },
      ...groups,
    );
    list.selectedIndex = 0;
    const what = this.acts.named(id);
    const submit = (event) => {
      event.preventDefault();
      const [picked] = list.selectedOptions;
      this.popover.close();
      if (!picked) return;
      const { action, relation, target } = picked.dataset;
      const words = `${what}: ${picked.parentElement.label}, ${picked.textContent}`;
      this.acts.relate(id, { action, relation, target: Number(target) }, words);
    };
    const form = make(
      "form",
      {
        class: "tag-form",
        onsubmit: submit,
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.target !== list) return;
          event.preventDefault();
          form.requestSubmit();
        },
      },
      make("p", { class: "tag-head" }, make("strong", { class: "tag-kind" }, "Leads to"), make("q", { class: "tag-quote", dir: "auto" }, short(this.desk.text.slice(...place) ?? "", 80))),
      list,
      make(
        "p",
        { class: "tag-foot" },
        make("button", { class: "button button-primary button-small" }, "Take it ", make("kbd", { "aria-hidden": "true" }, "↵")),
        make("button", { class: "button button-small", type: "button", onclick: () => this.popover.close() }, "Cancel ", make("kbd", { "aria-hidden": "true" }, "Esc")),
      ),
    );
    list.addEventListener("dblclick", () => form.requestSubmit());
    this.popover.open({ label: `What ${what} leads to`, span: place, inside: [form], first: list });
  }

  #group(label, action, relation, targets) {
    return make(
      "optgroup",
      { label },
      ...targets.map(({ target, name }) =>
        make("option", { "data-action": action, "data-relation": relation, "data-target": target }, name)),
    );
  }
}

// Whether a line is of what was settled in a task: it is that task's, and leads to nothing here.
function isGold(line) {
  return Boolean(line?.hasAttribute("data-gold"));
}
