/** A CI job that holds the programs of a change against those of the branch that it goes to. */

export const CI_SYSTEMS = ["github", "gitlab"] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** Where the job's file belongs, relative to the repository. */
export const CI_FILES: Record<CiSystem, string> = {
  github: ".github/workflows/sandbox-gate.yml",
  gitlab: ".gitlab/sandbox-gate.yml",
};

export function ciText(system: CiSystem): string {
  return { github: GITHUB, gitlab: GITLAB }[system];
}

const GITHUB = `name: sandbox gate
on: pull_request
permissions:
  contents: read
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      # What the change is compared with.
      - uses: actions/checkout@v5
        with:
          ref: \${{ github.base_ref }}
          path: base
          persist-credentials: false
      # Build your programs here, in both folders.
      # - run: go build -o prog . && cd base && go build -o prog .
      # The first change has nothing to be compared with.
      - uses: OWNER/sbx-bench@v1 # the repository that holds action.yml
        if: hashFiles('base/bench.config.ts') != ''
        with:
          ab: base/bench.config.ts,bench.config.ts
`;

const GITLAB = `# Add to .gitlab-ci.yml: include: .gitlab/sandbox-gate.yml
sandbox-gate:
  image: debian:bookworm
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: 0
  script:
    - git clone --depth 1 https://example.com/OWNER/sbx-bench.git sbx-bench # where you keep it
    - sbx-bench/setup.sh
    # What the change is compared with.
    - git worktree add base "origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    # Build your programs here, in both folders.
    # - go build -o prog . && (cd base && go build -o prog .)
    # The first change has nothing to be compared with.
    - test -f base/bench.config.ts || exit 0
    - sbx-bench/bin/sbx-bench run --ab base/bench.config.ts,bench.config.ts
    - sbx-bench/bin/sbx-bench check --ab --format junit --output-file junit.xml
  artifacts:
    when: always
    reports:
      junit: junit.xml
`;
