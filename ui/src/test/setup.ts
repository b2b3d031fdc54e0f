import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

// A loaded machine is slow; nothing here waits longer than it must.
configure({ asyncUtilTimeout: 10_000 });

// jsdom does not scroll.
window.scrollTo = vi.fn();

// jsdom's files cannot be read without a FileReader.
Blob.prototype.arrayBuffer = function read(this: Blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result as ArrayBuffer);
    };
    reader.readAsArrayBuffer(this);
  });
};

// The design system's styles make jsdom slow and have rules that it cannot read; no test here is about looks.
const insert = document.head.insertBefore.bind(document.head);
const append = document.head.appendChild.bind(document.head);
document.head.insertBefore = (node, before) => (node instanceof HTMLStyleElement ? node : insert(node, before));
document.head.appendChild = (node) => (node instanceof HTMLStyleElement ? node : append(node));

// jsdom does not draw; axe asks whether it can.
HTMLCanvasElement.prototype.getContext = () => null;

beforeEach(() => {
  window.location.hash = "";
});

afterEach(() => {
  cleanup();
});
