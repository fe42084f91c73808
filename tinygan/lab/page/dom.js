// Small helpers for the page's elements, and the recording that is in it, if there is one.

export const by = (id) => document.getElementById(id);

export const make = (tag, more = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), more);
  element.append(...inside);
  return element;
};

export function download(name, text, type) {
  const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export const recording = JSON.parse(by("recording").textContent);
