// Which known words a typed word was probably meant to be.

import { distance } from 'fastest-levenshtein';

/**
 * The known words nearest to `typed`, best first, at most `most`. A word is near when one begins with the other, which counts for more, or
 * when at most a third of its letters (at least one, at most three) would have to change. Of equally near words, one with the same letters comes first.
 */
export function closestMatches(typed: string, known: readonly string[], most = 3): string[] {
  const word = typed.toLowerCase();
  return known
    .map((candidate) => ({
      candidate,
      changes: distance(word, candidate),
      isMixedUp: lettersOf(word) === lettersOf(candidate),
      begins: word.length >= 2 && (candidate.startsWith(word) || word.startsWith(candidate)),
    }))
    .filter(({ candidate, changes, begins }) => {
      const allowed = Math.min(3, Math.max(1, Math.ceil(candidate.length / 3)));
      return begins || changes <= allowed;
    })
    .sort(
      (a, b) =>
        Number(b.begins) - Number(a.begins) ||
        a.changes - b.changes ||
        Number(b.isMixedUp) - Number(a.isMixedUp) ||
        a.candidate.localeCompare(b.candidate),
    )
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

const lettersOf = (word: string): string => [...word].sort().join('');
