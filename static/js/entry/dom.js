/* Small pieces of markup, made without any HTML text: what the server says is only ever text. */

export const icon = (name) => {
  const source = document.querySelector(`template[data-icon="${name}"]`);
  return source ? source.content.cloneNode(true) : "";
};

export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== "" && value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== "" && child != null));
  return node;
};

export const chip = (tone, iconName, ...children) =>
  el("span", { class: tone ? `chip is-${tone}` : "chip" }, icon(iconName), ...children);

export const by = (id) => document.getElementById(id);

export const say = (text) => { by("say").textContent = text; };

/* As a person would have typed it: whoever listens to `input` hears of it. */
export const type = (field, text) => {
  if (field.value === text) return;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};
