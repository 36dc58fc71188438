/* The rows of the page and where their fields are. */
import { by } from "./dom.js";

export const table = () => by("lines");
export const form = () => by("entry");
export const rows = () => [...table().tBodies];
export const rowOf = (node) => node?.closest("#lines tbody");
export const placeOf = (row) => rows().indexOf(row);
export const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
export const header = (name) => form().elements[name];
export const nameOf = (input) => input.name.replace(/^lines-[^-]+-/, "");
