// The .env file as text: a commented example filled in with answers, so that what is written reads like the example.

/** The commented example with the answers in their places; what nobody answered stays a comment. */
export function fillTemplate(template: string, answers: Readonly<Record<string, string | undefined>>): string {
  const lines = template.split('\n').map((line) => {
    const name = /^#? ?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1];
    const answer = name === undefined ? undefined : answers[name];
    return answer === undefined ? line : `${name}=${quote(answer)}`;
  });
  const placed = new Set(template.match(/^#? ?[A-Z][A-Z0-9_]+(?==)/gm)?.map((found) => found.replace(/^# ?/, '')));
  const others = Object.entries(answers).filter(([name, answer]) => answer !== undefined && !placed.has(name));
  const rest = others.map(([name, answer = '']) => `${name}=${quote(answer)}`);
  return rest.length === 0
    ? lines.join('\n')
    : `${lines.join('\n')}\n# Kept from the earlier file.\n${rest.join('\n')}\n`;
}

const PLAIN = /^[\w:/.,@+=%?&-]+$/;
const QUOTES = ["'", '"', '`'] as const;

/** As `parseEnv` of node:util reads it back. */
function quote(value: string): string {
  if (PLAIN.test(value)) return value;
  const mark = QUOTES.find((candidate) => !value.includes(candidate)) ?? "'";
  return `${mark}${value}${mark}`;
}
