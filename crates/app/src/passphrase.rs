//! How well a passphrase would hold, by zxcvbn (Wheeler, USENIX Security 2016).

use pii::Secret;
use zxcvbn::feedback::{Suggestion, Warning};

use crate::view::{StrengthAdvice, StrengthView};

/// The fewest characters that a passphrase may have.
pub const LEAST_CHARACTERS: usize = 12;

/// zxcvbn looks at no more than this; what comes after only makes a passphrase stronger.
const MOST_BYTES: usize = 100;

/// Returns how well `passphrase` would hold. The longest input costs a few milliseconds.
pub fn strength(passphrase: &Secret<String>) -> StrengthView {
    let text = passphrase.reveal();
    let looked_at = text
        .char_indices()
        .take_while(|(at, c)| at + c.len_utf8() <= MOST_BYTES)
        .last()
        .and_then(|(at, c)| text.get(..at + c.len_utf8()))
        .unwrap_or_default();
    let entropy = zxcvbn::zxcvbn(looked_at, &["lokero", "helsinki", "omadata", "mydata"]);

    let mut advice: Vec<StrengthAdvice> = Vec::new();
    if let Some(feedback) = entropy.feedback() {
        let warning = feedback.warning().map(advice_on_warning);
        let suggestions = feedback.suggestions().iter().copied();
        for piece in warning.into_iter().chain(suggestions.filter_map(advice_of)) {
            if !advice.contains(&piece) {
                advice.push(piece);
            }
        }
    }

    StrengthView {
        score: u8::from(entropy.score()),
        is_long_enough: is_long_enough(passphrase),
        advice,
    }
}

/// Returns whether `passphrase` has [`LEAST_CHARACTERS`].
pub fn is_long_enough(passphrase: &Secret<String>) -> bool {
    passphrase.reveal().chars().count() >= LEAST_CHARACTERS
}

const fn advice_on_warning(warning: Warning) -> StrengthAdvice {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess
        | Warning::ShortKeyboardPatternsAreEasyToGuess
        | Warning::SequencesLikeAbcAreEasyToGuess => StrengthAdvice::AvoidSequences,
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => StrengthAdvice::AvoidRepeats,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            StrengthAdvice::AvoidDates
        }
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword
        | Warning::AWordByItselfIsEasyToGuess => StrengthAdvice::AvoidCommon,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => StrengthAdvice::AvoidNames,
    }
}

const fn advice_of(suggestion: Suggestion) -> Option<StrengthAdvice> {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases
        | Suggestion::AddAnotherWordOrTwo
        | Suggestion::UseALongerKeyboardPatternWithMoreTurns => Some(StrengthAdvice::AddWords),
        Suggestion::AvoidRepeatedWordsAndCharacters => Some(StrengthAdvice::AvoidRepeats),
        Suggestion::AvoidSequences => Some(StrengthAdvice::AvoidSequences),
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => {
            Some(StrengthAdvice::AvoidDates)
        }
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters
        | Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
        | Suggestion::ReversedWordsArentMuchHarderToGuess
        | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::common("salasana1234", 0..=1)]
    #[case::a_row_of_keys("qwertyuiopåä", 0..=2)]
    #[case::four_words("saunavasta kuutamo räntä polkupyörä", 4..=4)]
    fn words_beat_patterns(#[case] passphrase: &str, #[case] scores: std::ops::RangeInclusive<u8>) {
        let view = strength(&Secret::new(passphrase.to_owned()));

        assert!(scores.contains(&view.score), "{view:?}");
        assert!(view.is_long_enough);
    }

    #[rstest]
    #[case("elevenchars", false)]
    #[case("twelve chars", true)]
    #[case("åäöåäöåäöåäö", true)]
    fn twelve_characters_are_the_least(#[case] passphrase: &str, #[case] enough: bool) {
        assert_eq!(is_long_enough(&Secret::new(passphrase.to_owned())), enough);
    }

    #[test]
    fn a_very_long_passphrase_is_strong_and_cheap() {
        let view = strength(&Secret::new("kuutamo räntä ".repeat(100_000)));

        assert!(view.is_long_enough);
    }
}
