import { describe, expect, test } from "vitest";

import { Format, pickText } from "./format";

const fi = new Format("fi");
const sv = new Format("sv");
const en = new Format("en");

describe("a text", () => {
  test("is in the person's language when its author gave that", () => {
    expect(pickText({ fi: "Nimi", sv: "Namn", en: "Name" }, "sv")).toEqual({ text: "Namn", language: "sv" });
  });

  test("falls back to another language and says which", () => {
    expect(pickText({ en: "Name" }, "sv")).toEqual({ text: "Name", language: "en" });
  });

  test("that nobody gave is empty", () => {
    expect(fi.text({})).toBe("");
  });
});

describe("a duration", () => {
  test.each([
    ["P12M", "12 kuukautta", "12 månader", "12 months"],
    ["P1M", "1 kuukausi", "1 månad", "1 month"],
    ["P2Y6M", "2 vuotta ja 6 kuukautta", "2 år och 6 månader", "2 years and 6 months"],
    ["P14D", "14 päivää", "14 dygn", "14 days"],
  ])("%s is in words", (iso, finnish, swedish, english) => {
    expect(fi.duration(iso)).toBe(finnish);
    expect(sv.duration(iso)).toBe(swedish);
    expect(en.duration(iso)).toBe(english);
  });

  test("that is not one is shown as it came", () => {
    expect(en.duration("as long as needed")).toBe("as long as needed");
    expect(en.duration("P")).toBe("P");
  });
});

describe("a date", () => {
  test("stays the same day in every time zone", () => {
    expect(fi.date("2027-08-31")).toBe("31.8.2027");
    expect(en.date("2027-08-31")).toBe("31 Aug 2027");
  });

  test("that cannot be read is shown as it came", () => {
    expect(fi.moment("yesterday")).toBe("yesterday");
  });
});

describe("a country", () => {
  test("is named in the person's language", () => {
    expect([fi.country("SE"), sv.country("SE"), en.country("SE")]).toEqual(["Ruotsi", "Sverige", "Sweden"]);
  });

  test("that has no name is shown as it came", () => {
    expect(en.country("not a country")).toBe("not a country");
  });
});

describe("a number", () => {
  test("with decimals follows the language", () => {
    expect(fi.digits("2.40")).toBe("2,4");
  });

  test("that may be a code is left alone", () => {
    expect(fi.digits("00500")).toBe("00500");
    expect(fi.digits("10000")).toBe("10000");
  });
});
