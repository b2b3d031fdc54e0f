//! The agreed code lists: Data Privacy Vocabulary 2.3 (w3c-cg/dpv, modules `purposes`, `pd`,
//! `legal_basis` and `legal_basis_special` of `legal/eu/gdpr`), one term a line, sorted.

const PURPOSES: &str = include_str!("terms/purposes.txt");
const CATEGORIES: &str = include_str!("terms/categories.txt");
const LEGAL_BASES: &str = include_str!("terms/legal_bases.txt");

/// Returns whether `term` is a purpose of the vocabulary, such as `dpv:ScientificResearch`.
pub fn is_known_purpose(term: &str) -> bool {
    is_listed(term, "dpv:", PURPOSES)
}

/// Returns whether `term` is a category of personal data, such as `pd:BirthDate`.
pub fn is_known_category(term: &str) -> bool {
    is_listed(term, "pd:", CATEGORIES)
}

/// Returns whether `term` is a legal ground of the GDPR, such as `eu-gdpr:A6-1-a`.
pub fn is_known_legal_basis(term: &str) -> bool {
    is_listed(term, "eu-gdpr:", LEGAL_BASES)
}

fn is_listed(term: &str, prefix: &str, list: &str) -> bool {
    term.strip_prefix(prefix)
        .is_some_and(|name| !name.is_empty() && list.lines().any(|line| line == name))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_purpose(is_known_purpose("dpv:PersonalisedBenefits"), true)]
    #[case::no_such_purpose(is_known_purpose("dpv:SellToAnyone"), false)]
    #[case::a_purpose_of_another_vocabulary(is_known_purpose("pd:ScientificResearch"), false)]
    #[case::a_category(is_known_category("pd:BirthDate"), true)]
    #[case::no_such_category(is_known_category("pd:Aura"), false)]
    #[case::a_legal_basis(is_known_legal_basis("eu-gdpr:A6-1-a"), true)]
    #[case::no_such_article(is_known_legal_basis("eu-gdpr:A6-1-z"), false)]
    #[case::nothing(is_known_purpose("dpv:"), false)]
    #[case::a_line_break_is_no_wildcard(is_known_purpose("dpv:Academic\nResearch"), false)]
    fn only_listed_terms_are_known(#[case] known: bool, #[case] expected: bool) {
        assert_eq!(known, expected);
    }
}
