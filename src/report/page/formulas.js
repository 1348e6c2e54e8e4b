/* What the page's figures are, as formulas. docs/method.md has the same with their sources. */

import { mathml } from './dom.js';

const node = (part) => {
  if (part instanceof Node) return part;
  if (/^[0-9.,]+$/.test(part)) return mathml('mn', null, part);
  if (/^[\p{L}\p{M}]+$/u.test(part)) return mathml('mi', null, part);
  return mathml('mo', { stretchy: '()|'.includes(part) ? 'false' : undefined }, part);
};
const row = (...parts) => mathml('mrow', null, parts.flat(Infinity).map(node));
const made = (tag) => (...parts) => mathml(tag, null, parts.map((part) => row(part)));
const frac = made('mfrac');
const sub = made('msub');
const squared = (base) => mathml('msup', null, row(base), node('2'));
const root = (...inside) => mathml('msqrt', null, row(...inside));
const sum = (over) => mathml('munder', null, node('∑'), row(over));
const of = (name, ...inside) => [name, '(', ...inside, ')'];
const ln = (...inside) => ['ln', mathml('mspace', { width: '.17em' }), ...inside];

const display = (...parts) => mathml('math', { display: 'block' }, row(...parts));

const x = () => sub('x', ['i', 'j']);
const wh = () => sub(['(', 'W', 'H', ')'], ['i', 'j']);

const OBJECTIVES = {
  kl: { text: 'The factors are those that make the generalised Kullback–Leibler divergence small (Lee and Seung 2001). It is a fit of weights, and no likelihood unless X holds counts.',
    formula: () => [display('D', '=', sum(['i', ',', 'j']), x(), ...ln(frac(x(), wh())), '−', x(), '+', wh())] },
  frobenius: { text: 'The factors are those that make the squared Frobenius norm of the error small.',
    formula: () => [display('F', '=', sum(['i', ',', 'j']), squared(['(', x(), '−', wh(), ')']))] },
};

const prob = (word = 'w', topic = 't') => of('p', word, '|', topic);
const JS = () => ['JS', '=', frac('1', '2'), sum('w'), prob('w', 'a'), ...ln(frac(prob('w', 'a'), of('m', 'w'))), '+', frac('1', '2'), sum('w'), prob('w', 'b'), ...ln(frac(prob('w', 'b'), of('m', 'w')))];

/* [{ term, text, formula(): lines of it }]; pairs: those that need two topics. */
const DEFINITIONS = [
  { term: 'Mixture and share', text: 'What a document is made of: its column of H, scaled to sum 1. A topic’s share is the mean over the modelled documents; its mass counts each document by its tokens N.',
    formula: () => [display(...of('p', 't', '|', 'd'), '=', frac(sub('H', ['t', 'd']), [sum('s'), sub('H', ['s', 'd'])])), display(of('share', 't'), '=', frac('1', 'n'), sum('d'), ...of('p', 't', '|', 'd'))] },
  { term: 'Probability of a word in a topic', text: 'The topic’s column of W, scaled to sum 1. The weights of X stand behind it, not counts: it is how much of the topic the word carries.',
    formula: () => [display(...prob(), '=', frac(sub('W', ['w', 't']), [sum('v'), sub('W', ['v', 't'])]))] },
  { term: 'Lift and relevance', text: 'How many times more probable a word is in the topic than in all; and the mean of both logarithms by which words are ordered (Sievert and Shirley 2014), λ by the slider.',
    formula: () => [display(...of('lift', 'w', ',', 't'), '=', frac(prob(), of('p', 'w'))), display(of('p', 'w'), '=', sum('s'), ...of('share', 's'), prob('w', 's')), display('relevance', '=', 'λ', ...ln(prob()), '+', '(', '1', '−', 'λ', ')', ...ln('lift'))] },
  { term: 'Topics of a word', text: 'To which topic the word belongs, by Bayes’ rule.',
    formula: () => [display(...of('p', 't', '|', 'w'), '=', frac([...of('share', 't'), ...prob()], of('p', 'w')))] },
  { term: 'Saliency', text: 'How much a word tells of topics: its probability times the divergence of its topics from the shares (Chuang, Manning and Heer 2012).',
    formula: () => [display(...of('saliency', 'w'), '=', ...of('p', 'w'), sum('t'), ...of('p', 't', '|', 'w'), ...ln(frac(of('p', 't', '|', 'w'), of('share', 't'))))] },
  { term: 'Coherence', text: 'NPMI of the pairs of the ten most probable words, mean (Bouma 2009); P counts documents. A pair that never meets counts −1.',
    formula: () => [display(...of('npmi', 'i', ',', 'j'), '=', frac([...ln(of('P', 'i', ',', 'j')), '−', ...ln(of('P', 'i')), '−', ...ln(of('P', 'j'))], ['−', ...ln(of('P', 'i', ',', 'j'))]))] },
  { term: 'Exclusivity', text: 'The mean of this over the ten most probable words.',
    formula: () => [display(...of('exclusivity', 'w', ',', 't'), '=', frac(prob(), [sum('s'), ...prob('w', 's')]))] },
  { term: 'Effective words, effective documents', text: 'How many equal ones would be as concentrated; for documents, q are the topic’s shares scaled to sum 1.',
    formula: () => [display(frac('1', [sum('w'), mathml('msup', null, row(prob()), node('2'))]))] },
  { term: 'Distance and similarity', pairs: true, text: 'The root of the Jensen–Shannon divergence, a metric (Endres and Schindelin 2003); m is the mean of the two. Similarity is scaled so that no word in common is 0.',
    formula: () => [display('d', '=', root('JS')), display(...JS()), display('similarity', '=', '1', '−', frac('d', root(ln('2'))))] },
  { term: 'PMI of two topics', pairs: true, text: 'Whether documents have both more often than their shares make likely; P is the mean of the product of their shares.',
    formula: () => [display(...of('pmi', 'a', ',', 'b'), '=', ...ln(frac(of('P', 'a', ',', 'b'), [...of('share', 'a'), ...of('share', 'b')])))] },
  { term: 'Map', pairs: true, text: 'Principal coordinates of the distances d: eigenvectors of their doubly centred squares (E: all ones) for the two largest eigenvalues. The part of the variance is the eigenvalue’s part of all that are above 0.',
    formula: () => [display('B', '=', '−', frac('1', '2'), 'J', squared('d'), 'J'), display('J', '=', 'I', '−', frac('1', 'k'), 'E')] },
  { term: 'Stability', stability: true, text: 'Samples of four fifths of the documents are fitted, and their topics matched with these; the mean agreement of the first 20 words over samples (Greene, O’Callaghan and Cunningham 2014).',
    formula: () => [display(...of('AJ', 'A', ',', 'B'), '=', frac('1', '20'), sum(['r', '=', '1', '…', '20']), frac(['|', sub('A', 'r'), '∩', sub('B', 'r'), '|'], ['|', sub('A', 'r'), '∪', sub('B', 'r'), '|']))] },
];

/* Those that this page shows figures of: [{ term, text, formula() }]. */
export function definitions({ meta, pairs, quality }) {
  const measured = DEFINITIONS.filter((one) => (!one.pairs || pairs) && (!one.stability || quality?.stability_samples > 0));
  const objective = OBJECTIVES[meta.objective];
  return [objective && { term: 'Objective', text: `X, ${meta.nouns.word[1]} × ${meta.nouns.document[1]}, is taken apart into W, ${meta.nouns.word[1]} × topics, and H, topics × ${meta.nouns.document[1]}, without negative numbers. ${objective.text}`, formula: objective.formula }, ...measured].filter(Boolean);
}
