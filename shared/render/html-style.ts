/** The look of Slack in light and dark, by a message's class names. */

/** Slack's own colours, but where they are too faint to read: `--faint` is its grey, held to 4.5:1 by a test. */
export const STYLE = `
:root { color-scheme: light dark; --page: light-dark(#ffffff, #1a1d21); --text: light-dark(#1d1c1d, #d1d2d3);
  --strong: light-dark(#1d1c1d, #f8f8f8); --faint: light-dark(#616061, #ababad); --link: light-dark(#0f5c93, #4fb0e0);
  --line: light-dark(#dddddd, #35373b); --code: light-dark(#f8f8f8, #222529); --code-text: light-dark(#1d1c1d, #d1d2d3); }
:root:has(#theme-light:checked) { color-scheme: light; }
:root:has(#theme-dark:checked) { color-scheme: dark; }
* { box-sizing: border-box; }
body, .picture { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.467 Lato, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }
.page { max-width: 760px; margin: 0 auto; padding: 16px; }
h1 { font-size: 22px; line-height: 1.3; margin: 8px 0; color: var(--strong); }
h2 { font-size: 18px; line-height: 1.33; margin: 2px 0 8px; color: var(--strong); font-weight: 900; }
p { margin: 0 0 8px; }
b { color: var(--strong); }
a { color: var(--link); }
a:not(:hover) { text-decoration-thickness: 1px; text-underline-offset: 2px; }
.faint { color: var(--faint); font-size: 13px; }
.choices { display: flex; flex-wrap: wrap; gap: 4px 24px; margin: 12px 0; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 12px; }
legend { float: left; padding: 0; margin-right: 12px; font-weight: 700; }
label { display: inline-flex; align-items: center; gap: 4px; min-height: 24px; }
article { border-top: 1px solid var(--line); padding: 16px 0; }
.message { display: flex; gap: 8px; }
.avatar { flex: 0 0 36px; height: 36px; border-radius: 6px; background: #3a3f7a; color: #ffffff; font-weight: 900; font-size: 20px;
  display: flex; align-items: center; justify-content: center; }
.content { min-width: 0; flex: 1; }
.sender { margin: 0; }
.app { background: var(--code); color: var(--faint); border: 1px solid var(--line); border-radius: 2px; font-size: 11px; font-weight: 700;
  padding: 0 3px; vertical-align: 1px; }
.rich { margin: 0 0 8px; }
.rich p { margin: 0; white-space: pre-wrap; }
.rich ul { margin: 0; padding-left: 24px; }
.rich ul.deeper { padding-left: 48px; list-style-type: circle; }
pre { margin: 4px 0; padding: 8px; background: var(--code); color: var(--code-text); border: 1px solid var(--line); border-radius: 4px;
  font: 12px/1.5 Menlo, Consolas, "Liberation Mono", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.context { display: flex; flex-wrap: wrap; gap: 2px 12px; margin: 4px 0 0; }
details { margin: 8px 0 0 44px; }
summary { cursor: pointer; color: var(--link); min-height: 24px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (max-width: 480px) { .page { padding: 12px; } .avatar { flex-basis: 28px; height: 28px; font-size: 16px; }
  details { margin-left: 0; } .rich ul { padding-left: 20px; } .rich ul.deeper { padding-left: 36px; } }
`.trim()
