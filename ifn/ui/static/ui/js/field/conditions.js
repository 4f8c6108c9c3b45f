// Which questions are asked, as ifn/assessments/instruments/conditions.py decides it; both are held to one table of cases.
const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

// What a value is as a number; yes, no and words are none.
function number(value) {
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : null;
}

function compares(answer, operator, value) {
  const left = number(answer), right = number(value);
  if (operator === "=" || operator === "!=") {
    const isSame = left !== null && right !== null ? left === right : answer === value;
    return isSame === (operator === "=");
  }
  if (left === null || right === null) return false;
  return { "<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right }[operator] ?? false;
}

// Whether a condition holds; what is unanswered differs from any value.
export function holds(condition, answers) {
  if (!condition) return true;
  if (condition.and) return condition.and.every((part) => holds(part, answers));
  if (condition.or) return condition.or.some((part) => holds(part, answers));
  return compares(answers[condition.question] ?? null, condition.operator, condition.value);
}

// The codes of the questions that are asked of whoever answered so far.
export function applies(questions, answers) {
  const valid = {}; // an answer to a question that is no longer asked says nothing about later ones
  for (const one of questions) if (holds(one.condition, valid)) valid[one.code] = answers[one.code] ?? null;
  return new Set(Object.keys(valid));
}
