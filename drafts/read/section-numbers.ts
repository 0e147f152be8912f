const letterOf = (count: number): string => String.fromCodePoint(64 + count);

/** Numbers sections as RFCs do: 1, 1.1, 2, and A, A.1 in appendices. */
export class SectionNumbers {
  private counts: number[] = [];
  private isBack = false;

  /** `depth`: 1 for a section that is in no other. */
  next(depth: number, isBack = false): string {
    if (isBack && !this.isBack) {
      this.isBack = true;
      this.counts = [];
    }
    this.counts = Array.from({ length: depth }, (_, place) => this.counts[place] ?? 0);
    this.counts[depth - 1] = (this.counts[depth - 1] ?? 0) + 1;
    const [first = 0, ...others] = this.counts;
    const begin = this.isBack ? letterOf(first) : String(first);
    return [begin, ...others].join('.');
  }
}
