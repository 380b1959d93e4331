/** Quantities as people type them; every one needs its unit, because a wrong guess is a wrong number of machines. Pure. */
import type { TimeDistribution } from "./simulate/random-times.ts";

/** The value, or the end of a sentence whose subject is what was given. */
export type Reading<T> = { value: T } | { mistake: string };

const SECONDS: Record<string, number> = { us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, min: 60, m: 60, h: 3600 };
const BYTES: Record<string, number> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};
const PER: Record<string, number> = { s: 1, min: 60, m: 60, h: 3600 };

/** More than any one service takes, and far from where numbers lose their digits. */
const HIGHEST_RATE_PER_S = 1e6;

const NUMBER = String.raw`(\d+(?:\.\d+)?|\.\d+)`;

/** s of `800ms`, `1.5s`, `2min`; above 0. */
export function readTime(text: string): Reading<number> {
  const [, digits, unit = ""] = new RegExp(`^${NUMBER}\\s*([a-zµ]*)$`).exec(text.trim()) ?? [];
  if (digits === undefined) return { mistake: "is not a time: write 800ms, 1.5s or 2min" };
  if (unit === "") return { mistake: `has no unit: write ${digits}ms or ${digits}s` };
  const factor = SECONDS[unit];
  if (factor === undefined)
    return { mistake: `has the unit ${unit}, which is not one of time: us, ms, s, min, h` };
  const value = Number(digits) * factor;
  return value > 0 ? { value } : { mistake: "is no time at all: it has to be above 0" };
}

/** A second of `20/s`, `1200/min`, `5000/h`; above 0. */
export function readRate(text: string): Reading<number> {
  const [, digits, unit] = new RegExp(`^${NUMBER}\\s*(?:/\\s*([a-z]+))?$`).exec(text.trim()) ?? [];
  if (digits === undefined) return { mistake: "is not a rate: write 20/s, 1200/min or 5000/h" };
  if (unit === undefined) return { mistake: `has no unit: write ${digits}/s, ${digits}/min or ${digits}/h` };
  const per = PER[unit];
  if (per === undefined) return { mistake: `is per ${unit}: a rate is per s, min or h` };
  const value = Number(digits) / per;
  if (value === 0) return { mistake: "is no traffic: it has to be above 0" };
  if (value > HIGHEST_RATE_PER_S)
    return { mistake: `is more than ${HIGHEST_RATE_PER_S.toLocaleString("en")}/s` };
  return { value };
}

/** Bytes of `64Mi`, `1.5GiB`, `256G`. */
export function readBytes(text: string): Reading<number> {
  const [, digits, unit = ""] = new RegExp(`^${NUMBER}\\s*([A-Za-z]*)$`).exec(text.trim()) ?? [];
  if (digits === undefined) return { mistake: "is not a size: write 64Mi, 1.5Gi or 500M" };
  const factor = BYTES[unit.replace(/B$/, "")];
  if (factor === undefined || unit === "")
    return {
      mistake: `${unit === "" ? "has no unit" : `has the unit ${unit}`}: write ${digits}Mi, ${digits}Gi or ${digits}M`,
    };
  const value = Number(digits) * factor;
  return value > 0 ? { value } : { mistake: "is no memory at all: it has to be above 0" };
}

/** What is promised: a share of all answers comes within a time. */
export type Slo = {
  /** 0.99 for p99. */
  quantile: number;
  limitS: number;
};

/** `p99<1500ms` */
export function readSlo(text: string): Reading<Slo> {
  const [, digits, limit] = /^p(\d{1,2}(?:\.\d+)?)\s*<=?\s*(.+)$/i.exec(text.trim()) ?? [];
  if (digits === undefined || limit === undefined) return { mistake: "is not a goal: write p99<1500ms" };
  const quantile = Number(digits) / 100;
  if (!(quantile >= 0.5 && quantile <= 0.999))
    return { mistake: `asks for p${digits}: what can be planned is p50 to p99.9` };
  const time = readTime(limit);
  return "mistake" in time
    ? { mistake: `ends in ${limit}, which ${time.mistake}` }
    : { value: { quantile, limitS: time.value } };
}

const SHAPES = "800ms, exp(800ms), lognormal(800ms,cv=0.5) or hyper(800ms,cv=2)";

/** `800ms` (each takes as long), `exp(800ms)`, `lognormal(800ms,cv=0.5)`, `hyper(800ms,cv=2)` */
export function readService(text: string): Reading<TimeDistribution> {
  const [, shape, inner] = /^([a-z]+)\((.*)\)$/.exec(text.trim()) ?? [];
  if (shape === undefined) {
    const time = readTime(text);
    return "mistake" in time ? time : { value: { kind: "fixed", meanS: time.value } };
  }
  const [first = "", ...rest] = inner!.split(",").map((part) => part.trim());
  const time = readTime(first);
  if ("mistake" in time) return { mistake: `begins with ${first}, which ${time.mistake}` };
  const cv = /^cv=(\d+(?:\.\d+)?)$/.exec(rest.join(","))?.[1];
  if (shape === "exp" && rest.length === 0) return { value: { kind: "exponential", meanS: time.value } };
  if (shape === "lognormal" && cv !== undefined && Number(cv) > 0)
    return { value: { kind: "lognormal", meanS: time.value, cv: Number(cv) } };
  if (shape === "hyper" && cv !== undefined && Number(cv) >= 1)
    return { value: { kind: "hyperexponential", meanS: time.value, cv: Number(cv) } };
  return { mistake: `is not a distribution: write ${SHAPES}` };
}
