import type { ClaimGroup } from "../claim.ts";

const RUNSC = ["runsc flags", "runsc help run"];

export const OPTIONS: ClaimGroup = {
  id: "options",
  title: "The commands",
  claims: [
    {
      kind: "option",
      id: "runsc-run-mount",
      section: "2.2",
      quote:
        "`runsc --root … run -b docker --net=none --mount type=bind,… golang:1.22-alpine sh -c …` starts a script in the sandbox",
      subject: "runsc takes --mount and --net=none, and an image",
      commands: RUNSC,
      options: ["mount", "net"],
      why: "runsc is an OCI runtime: it takes a bundle (a folder with config.json) and a container's name, never an image; mounts stand in config.json, and the network option is --network. The command is Docker's.",
    },
    {
      kind: "option",
      id: "runsc-memory",
      section: "2.5",
      quote: "“limit the --memory quota to take pressure off the shadow page tables”",
      subject: "runsc takes --memory",
      commands: RUNSC,
      options: ["memory"],
      why: "A memory limit stands in config.json (linux.resources).",
    },
    {
      kind: "option",
      id: "runsc-seccomp-profile",
      section: "2.5",
      quote:
        "`runsc --platform=kvm --network=host --seccomp-profile=/etc/runsc/minimal.json run nginx-sandbox`",
      subject: "runsc takes --seccomp-profile",
      commands: RUNSC,
      options: ["seccomp-profile"],
      why: "The profile stands in config.json (linux.seccomp), and counts only with --oci-seccomp. The article's speed-up by this option can't have been measured with this command.",
    },
    {
      kind: "option",
      id: "unshare-capabilities",
      section: "3.1",
      quote:
        "`unshare --user --pid --mount --net --map-root-user --mount-proc --cap-drop=ALL --cap-add=NET_RAW /bin/bash`",
      subject: "unshare takes --cap-drop and --cap-add",
      commands: ["unshare --help"],
      options: ["cap-drop", "cap-add"],
      why: "unshare(1) makes namespaces and drops no capability; `setpriv --bounding-set` does, or a launcher of one's own.",
    },
  ],
};
