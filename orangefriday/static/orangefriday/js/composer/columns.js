// How wide a text is, as community/text/width.py counts it: Han takes two columns.

const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/gu;
const NONE = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/gu;

export const columns = (text) => [...text].length + (text.match(WIDE)?.length ?? 0) - (text.match(NONE)?.length ?? 0);
