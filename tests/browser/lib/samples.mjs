// Made-up data with a valid form, built here so that no such number stands in the repository.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An ID-card number with a right check character (GB 11643). */
export function idNumber(area, birthday, sequence) {
  const digits = `${area}${birthday}${String(sequence).padStart(3, "0")}`;
  const sum = [...digits].reduce((all, digit, index) => all + Number(digit) * WEIGHTS[index], 0);
  return digits + "10X98765432"[sum % 11];
}
