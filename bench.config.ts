import { defineConfig } from "sbx-bench";

// Every setting has a default; docs/configuration.md lists them all, and the command line wins over this
// file.
export default defineConfig({
  matrix: {
    sandbox: ["native", "unshare", "runc", "runsc"],
    platform: ["systrap", "ptrace", "kvm"],
    network: ["none", "host", "sandbox"],
    seccomp: ["none", "default", "generated"],
  },
});
