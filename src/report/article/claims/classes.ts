import type { Configuration } from "../../../axes/configuration.ts";
import type { ClaimGroup, CostClass } from "../claim.ts";
import { between, difference, labelled, native, quantity, ratio, runsc, TOLERANCE, value } from "./cells.ts";

const op = (config: Configuration, metric: string) => quantity(config, "syscalls", metric);
const SYSTRAP = runsc("systrap", "host");
const PTRACE = runsc("ptrace", "host");
const KVM = runsc("kvm", "host");

const VDSO = "clock-gettime-vdso";
const NO_VDSO = "clock-gettime-syscall";
const extra = (config: Configuration, metric: string) => difference(op(config, metric), op(native, metric));

const SAYS = "“modelling has to look at three kinds of delay”";

export const CLASS_CLAIMS: ClaimGroup = {
  id: "classes",
  title: "The three kinds of cost",
  claims: [
    {
      kind: "number",
      id: "interception",
      section: "2.5",
      quote: `${SAYS}: interception (µs)`,
      subject: "Interception takes microseconds",
      claimed: between(1e3, 1e6, "ns", "microseconds: 1 µs to 1 ms"),
      decides: labelled("systrap: getpid beyond native, as Go calls it", extra(SYSTRAP, "getpid")),
      beside: [
        labelled("systrap, in the form that it can patch", extra(SYSTRAP, "getpid-patchable")),
        labelled("ptrace", extra(PTRACE, "getpid")),
        labelled("kvm", extra(KVM, "getpid")),
      ],
      why: "The article contradicts itself here: 320 ns and 85 ns for the same switch are no microseconds.",
    },
    {
      kind: "number",
      id: "vdso",
      section: "2.5",
      quote: `${SAYS}: forwarding (the vDSO's way around the kernel no longer works)`,
      subject: "In gVisor, reading the time is a system call again",
      claimed: between(1 / TOLERANCE, null, "ratio", "as dear as the system call: ×0.8 or more"),
      decides: labelled(
        "systrap: clock_gettime through the vDSO ÷ as a system call",
        ratio(op(SYSTRAP, VDSO), op(SYSTRAP, NO_VDSO)),
      ),
      beside: [
        labelled("ptrace: the same", ratio(op(PTRACE, VDSO), op(PTRACE, NO_VDSO))),
        labelled("kvm: the same", ratio(op(KVM, VDSO), op(KVM, NO_VDSO))),
        labelled("native: the same", ratio(op(native, VDSO), op(native, NO_VDSO))),
        labelled("systrap: through the vDSO", value(op(SYSTRAP, VDSO))),
      ],
      why: "gVisor has a vDSO of its own. Whether it answers without the Sentry depends on the clock of the host.",
      means: {
        holds: "On this host a reading through gVisor's vDSO costs about as much as the system call.",
        fails: "On this host a reading through gVisor's vDSO costs less than the system call.",
      },
    },
  ],
};

/** A fitted term of the cost model stands beside each, where the run has one. */
export const COST_CLASSES: readonly CostClass[] = [
  {
    id: "interception",
    title: "Interception",
    says: "interception delay (µs)",
    measured: [
      labelled("systrap", extra(SYSTRAP, "getpid")),
      labelled("ptrace", extra(PTRACE, "getpid")),
      labelled("kvm", extra(KVM, "getpid")),
    ],
  },
  {
    id: "forwarding",
    title: "Forwarding",
    says: "forwarding delay (the vDSO's way around the kernel no longer works)",
    measured: [
      labelled("systrap, the time through the vDSO", extra(SYSTRAP, VDSO)),
      labelled("ptrace, the time through the vDSO", extra(PTRACE, VDSO)),
      labelled("kvm, the time through the vDSO", extra(KVM, VDSO)),
    ],
  },
  {
    id: "mapping",
    title: "Memory mapping",
    says: "cost of memory mapping (how often pages are copied on write)",
    measured: [
      labelled("systrap, a page fault", extra(SYSTRAP, "page-fault")),
      labelled("systrap, mmap + touch + munmap", extra(SYSTRAP, "mmap-touch-munmap")),
      labelled("ptrace, a page fault", extra(PTRACE, "page-fault")),
      labelled("ptrace, mmap + touch + munmap", extra(PTRACE, "mmap-touch-munmap")),
      labelled("kvm, a page fault", extra(KVM, "page-fault")),
    ],
  },
];
