/** Text that comes from programs and hosts, made safe for each place of a page. */
import { visibleJson, visibleLines, visibleValues } from "../../base/visible-text.ts";

export function escapeHtml(text: string): string {
  return visibleLines(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** JSON inside a `<script>`: no `<` can end the element or open a comment; the page shows its texts as they are. */
export function jsonForScript(value: unknown): string {
  return visibleJson(visibleValues(value), 0).replaceAll("<", "\\u003c");
}

/** Code inside a `<script>`, without the reference to a source map that is not there. */
export function codeForScript(code: string): string {
  return code
    .replaceAll("</script", "<\\/script")
    .replaceAll("<!--", "<\\!--")
    .replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}
