// What a codebook asks for, as fields: one of several, some of several, a number, free words.
import { make, uuid } from "./elements.js";

// A field set of round or square boxes; digits tick the first nine.
function boxes({ type, name, options, chosen, isRequired }) {
  return options.map(({ value, words }, at) =>
    make(
      "label",
      { class: "choice tag-choice" },
      make("input", {
        type,
        name,
        value,
        checked: chosen.includes(String(value)),
        required: isRequired && type === "radio",
        "data-digit": at < 9 ? at + 1 : null,
      }),
      make("span", { dir: "auto" }, words),
    ),
  );
}

function choices(field) {
  if (field.type === "scale") {
    const { lowest, highest } = field;
    return Array.from({ length: highest - lowest + 1 }, (_, at) => {
      return { value: String(lowest + at), words: String(lowest + at) };
    });
  }
  return field.choices.map((each) => ({ value: each, words: each }));
}

// A field of a codebook's attribute or code. `values` is what it holds, a list of strings; `read()`
// gives what it holds now.
export function fieldOf(field, values, { isLong = false } = {}) {
  const name = `${field.slug}-${uuid().slice(0, 8)}`;
  if (field.type === "text" || field.type === "free") {
    const input = make(isLong ? "textarea" : "input", {
      id: name,
      class: "tag-words",
      dir: "auto",
      rows: isLong ? 3 : null,
      type: isLong ? null : "text",
      maxlength: isLong ? 4000 : 1000,
      required: Boolean(field.required),
      "aria-describedby": field.guideline ? `${name}-help` : null,
    });
    input.value = values[0] ?? "";
    const element = make(
      "div",
      { class: "field" },
      make("label", { for: name }, field.name),
      input,
      help(field, name),
    );
    const read = () => [input.value.trim()].filter(Boolean);
    return { element, input, read };
  }
  const type = field.type === "multiple" ? "checkbox" : "radio";
  const options = choices(field);
  const isRequired = Boolean(field.required);
  if (type === "radio" && !isRequired) options.push({ value: "", words: "not said" });
  const chosen = values.length ? values.map(String) : type === "radio" ? [""] : [];
  const element = make(
    "fieldset",
    { class: "tag-fieldset", "aria-describedby": field.guideline ? `${name}-help` : null },
    make("legend", {}, field.name),
    make("div", { class: "tag-choices" }, ...boxes({ type, name, options, chosen, isRequired })),
    help(field, name),
  );
  const read = () =>
    [...element.querySelectorAll("input:checked")].map((each) => each.value).filter(Boolean);
  return { element, input: element.querySelector("input:checked") ?? element.querySelector("input"), read };
}

function help(field, name) {
  if (!field.guideline) return null;
  return make("p", { class: "help", id: `${name}-help`, dir: "auto" }, field.guideline);
}

// The fields of a kind's attributes; `read()` gives what a mention holds of them.
export function attributeFields(kind, held = {}) {
  const fields = kind.attributes.map((attribute) => {
    const value = held[attribute.slug];
    return { attribute, ...fieldOf(attribute, value === undefined ? [] : [value]) };
  });
  const read = () => {
    const said = {};
    for (const { attribute, read: own } of fields) {
      const [value] = own();
      if (value !== undefined) said[attribute.slug] = attribute.type === "scale" ? Number(value) : value;
    }
    return said;
  };
  return { elements: fields.map((each) => each.element), first: fields[0]?.input, read };
}
