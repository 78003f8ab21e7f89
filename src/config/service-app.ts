// The check of the service app in the configuration: both its id and its secret are given, or neither, and it is not the integration.

import type { VariableName } from './variables.ts';

/** `names`: those of its id and of its secret. */
export function serviceAppProblems({
  names,
  given,
}: {
  names: readonly [VariableName, VariableName];
  given: (name: VariableName) => string | undefined;
}): string[] {
  const [id, secret] = names;
  const missing = names.filter((name) => given(name) === undefined);
  if (missing.length === names.length) return [];
  const problems = missing.map((name) => {
    const other = name === id ? secret : id;
    return `${name}: required with ${other}; copy it from your service app at developer.webex.com`;
  });
  if (given(id) !== undefined && given(id) === given('WEBEX_CLIENT_ID')) {
    problems.push(`${id}: is that of the integration; a service app has a client ID of its own`);
  }
  return problems;
}
