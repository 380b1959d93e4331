import type { Configuration } from "../../../axes/configuration.ts";
import type { ClaimGroup } from "../claim.ts";
import { difference, labelled, native, near, quantity, ratio, runc, runsc, value } from "./cells.ts";

const startup = (config: Configuration, metric = "ready") => quantity(config, "startup", metric);
const memory = (config: Configuration, metric = "pss@start") => quantity(config, "memory", metric);

const RUNC = runc("none");
const RUNC_FILTERED = runc("default");
const SYSTRAP = runsc("systrap", "none");
const KVM = runsc("kvm", "none");

const TABLE = "table “Key settings compared”";

export const START_UP: ClaimGroup = {
  id: "start-up",
  title: "Start-up and memory",
  claims: [
    {
      kind: "number",
      id: "start-up-docker",
      section: "2.2",
      quote: `${TABLE}: start-up delay, Docker's default, ~50 ms`,
      subject: "Docker's default starts in about 50 ms",
      claimed: near(50e6, "ns", "~50 ms"),
      decides: labelled(
        "runc with the container default filter, spawn to the program's first line",
        value(startup(RUNC_FILTERED)),
      ),
      beside: [
        labelled("runc without a filter", value(startup(RUNC))),
        labelled("runc with the filter, to nothing left behind", value(startup(RUNC_FILTERED, "total"))),
        labelled("the same program without a sandbox", value(startup(native))),
      ],
      partOf: {
        short: "runc alone",
        reason:
          "Docker itself is not measured. runc, which Docker calls in the end, is only a part of its start-up: it leaves room for the figure, and says nothing of what dockerd and containerd add.",
      },
      why: "Without a network, as in the article's command.",
      means: { fails: "runc alone takes longer than the article gives all of Docker." },
    },
    {
      kind: "number",
      id: "start-up-runsc",
      section: "2.2",
      quote: `${TABLE}: start-up delay, runsc sandbox, ~120 ms, “an acceptable price for security”`,
      subject: "runsc starts in about 120 ms",
      claimed: near(120e6, "ns", "~120 ms"),
      decides: labelled("runsc on systrap, spawn to the program's first line", value(startup(SYSTRAP))),
      beside: [
        labelled("to nothing left behind", value(startup(SYSTRAP, "total"))),
        labelled("runsc on kvm", value(startup(KVM))),
      ],
      why: "`runsc run` on a bundle with no network, as in the article's command, without Docker around it.",
    },
    {
      kind: "number",
      id: "start-up-ratio",
      section: "2.2",
      quote: `${TABLE}: ~50 ms against ~120 ms`,
      subject: "runsc takes 2.4 times as long to start",
      claimed: near(120 / 50, "ratio", "×2.4 (120 ms ÷ 50 ms)"),
      decides: labelled(
        "runsc on systrap ÷ runc with its filter",
        ratio(startup(SYSTRAP), startup(RUNC_FILTERED)),
      ),
      beside: [labelled("runsc on systrap ÷ runc without a filter", ratio(startup(SYSTRAP), startup(RUNC)))],
      why: "Runtime against runtime: what Docker adds to both would bring the ratio nearer to 1.",
    },
    {
      kind: "number",
      id: "memory",
      section: "2.2",
      quote: `${TABLE}: memory, +30 MB, “the sandbox process has memory pages of its own”`,
      subject: "A runsc sandbox takes 30 MB more",
      claimed: near(30e6, "bytes", "+30 MB (28.6 MiB)"),
      decides: labelled(
        "proportional set size (PSS) of all processes of a launch, runsc on systrap − runc",
        difference(memory(SYSTRAP), memory(RUNC)),
      ),
      second: {
        label: "charged to the launch's cgroup, runsc on systrap − runc",
        formula: difference(memory(SYSTRAP, "cgroup@start"), memory(RUNC, "cgroup@start")),
        short: ["PSS", "cgroup"],
        difference: "It depends on what is counted.",
      },
      beside: [
        labelled("PSS of all of the runsc sandbox", value(memory(SYSTRAP))),
        labelled("PSS of all of the runc container", value(memory(RUNC))),
        labelled("PSS of the program without a sandbox", value(memory(native))),
        labelled("PSS, runsc on kvm − runc", difference(memory(KVM), memory(RUNC))),
      ],
      why: "Read while the program waits at its first line. PSS counts the pages of the runsc binary too, which many sandboxes share; the cgroup is charged only for what was not in memory before. The cost of one sandbox among many lies between them.",
    },
  ],
};
