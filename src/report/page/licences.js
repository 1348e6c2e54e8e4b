/* The notices of what others wrote in the page's script. They stand at the head of the script itself, as
 * cmake/BundlePage.cmake has put them there, of just the versions that are in it. */

const NOTICE = /^\/\*!\s*([\s\S]*?)\s*\*\//;

/* Read while the script runs for the first time; later it cannot be told which one it is. */
const text = NOTICE.exec(document.currentScript?.textContent ?? '')?.[1] ?? '';
const [head, ...paragraphs] = text.split(/\n\s*\n/);

/* A line for each module: its version, its licence, its holder. */
export const modules = head.split('\n').slice(1);

/* The licences, paragraph by paragraph. */
export const licenceTexts = paragraphs;
