#include "text/word_places.h"

#include "base/buffer.h"
#include "support/counted.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a finder and what it finds ---- */

typedef struct Case {
    WordRules rules;
    Vocabulary terms;
    Vocabulary stopped;
    Phrases phrases;
    WordPlaces places;
    const char *text;
    Buffer shown;
} Case;

static void add(Vocabulary *vocabulary, const char *word)
{
    Error error;
    WordId id;
    cr_assert_eq(vocabulary_add(vocabulary, word, strlen(word), &id, &error), STATUS_OK);
}

/* The words are separated by commas. */
static void add_all(Vocabulary *vocabulary, const char *words)
{
    char copy[512];
    snprintf(copy, sizeof copy, "%s", words);
    for (char *at = copy, *word; (word = strsep(&at, ","));) {
        add(vocabulary, word);
    }
}

static Case *begin(const char *terms)
{
    Case *made = calloc(1, sizeof *made);
    made->rules = (WordRules){
        .tokenizer = tokenizer_defaults,
        .terms = &made->terms,
        .stopped = &made->stopped,
        .phrases = &made->phrases,
        .ngrams = ngram_defaults,
    };
    made->rules.tokenizer.language = NULL;
    add_all(&made->terms, terms);
    return made;
}

static void find(Case *made, const char *text)
{
    WordFinder *finder;
    Error error;
    made->text = text;
    cr_assert_eq(word_finder_new(&made->rules, &finder, &error), STATUS_OK, "%s", error.message);
    cr_assert_eq(word_finder_find(finder, text, strlen(text), &made->places, &error), STATUS_OK);
    word_finder_free(finder);
}

/* The places as "term=stretch of the text", with bars in between. */
static const char *show(Case *made)
{
    Error error;
    buffer_clear(&made->shown);
    for (size_t i = 0; i < made->places.count; i++) {
        const WordPlace *place = &made->places.items[i];
        cr_assert_eq(buffer_print(&made->shown, &error, "%s%s=%.*s", i ? "|" : "",
                                  vocabulary_word(&made->terms, place->word),
                                  (int)(place->end - place->begin), made->text + place->begin),
                     STATUS_OK);
    }
    return buffer_text(&made->shown);
}

static void expect(Case *made, const char *text, const char *expected)
{
    find(made, text);
    cr_expect_str_eq(show(made), expected);
}

static void thin(Case *made)
{
    Error error;
    cr_assert_eq(word_places_thin(&made->places, strlen(made->text), &error), STATUS_OK);
}

static void end(Case *made)
{
    vocabulary_free(&made->terms);
    vocabulary_free(&made->stopped);
    phrases_free(&made->phrases);
    word_places_free(&made->places);
    buffer_free(&made->shown);
    free(made);
}

Test(word_places, words_as_they_are_written)
{
    Case *made = begin("bank,strasse,école,office,café");
    expect(made, "The BANK's Straße: E\314\201cole, oﬃce 😀Café😀 banks",
           "bank=BANK|strasse=Straße|école=E\314\201cole|office=oﬃce|café=Café");
    expect(made, "", "");
    expect(made, "nothing of it", "");
    end(made);
}

Test(word_places, stems_are_found_at_their_words)
{
    Case *made = begin("nation,war");
    made->rules.tokenizer.language = "english";
    made->rules.tokenizer.stem = true;
    expect(made, "Nations at WARS, warring nation's",
           "nation=Nations|war=WARS|war=warring|nation=nation");
    end(made);
}

Test(word_places, parts_of_words)
{
    Case *made = begin("école,well-known,well,known");
    made->rules.tokenizer.language = "french";
    made->rules.tokenizer.hyphens = HYPHENS_BOTH;
    expect(made, "L’École well-known", "école=École|well-known=well-known|well=well|known=known");
    thin(made);
    cr_expect_str_eq(show(made), "école=École|well-known=well-known");
    end(made);
}

Test(word_places, chinese_goes_two_by_two)
{
    Case *made = begin("東京,京都,都府");
    expect(made, "在東京都府。", "東京=東京|京都=京都|都府=都府");
    thin(made);
    cr_expect_str_eq(show(made), "東京=東京|都府=都府");
    end(made);
}

Test(word_places, n_grams_reach_over_stop_words)
{
    Case *made = begin("bank,bank england,england,england wales,bank england wales");
    made->rules.ngrams = (NgramOptions){1, 3};
    add(&made->stopped, "of");
    add(&made->stopped, "and");
    expect(made, "Bank of England AND Wales, bank xyz england",
           "bank=Bank|england=England|bank=bank|england=england|bank england=Bank of England|"
           "england wales=England AND Wales|bank england wales=Bank of England AND Wales");
    thin(made);
    cr_expect_str_eq(show(made),
                     "bank england wales=Bank of England AND Wales|bank=bank|england=england");
    end(made);
}

Test(word_places, n_grams_without_single_words)
{
    Case *made = begin("bank england");
    made->rules.ngrams = (NgramOptions){2, 2};
    expect(made, "the bank england bank", "bank england=bank england");
    end(made);
}

Test(word_places, phrases_are_joined_round_by_round)
{
    Case *made = begin("united_states,united_states_of_america,america,states");
    Error error;
    add(&made->stopped, "of");
    cr_assert_eq(phrases_add(&made->phrases, "united states", 0, 9, 0.9, &error), STATUS_OK);
    cr_assert_eq(phrases_add(&made->phrases, "united_states of america", 1, 9, 0.9, &error),
                 STATUS_OK);
    expect(made, "United States of America; america's united  States and states of america",
           "united_states_of_america=United States of America|america=america|"
           "united_states=united  States|states=states|america=america");
    end(made);
}

Test(word_places, a_word_with_blanks_is_no_n_gram)
{
    Case *made = begin("new york");
    made->rules.tokenizer.pattern = "\\w+ \\w+";
    expect(made, "in New York", "");
    expect(made, "New York", "new york=New York");
    end(made);
}

Test(word_places, of_places_that_meet_the_longest_stay)
{
    WordPlace items[] = {{.word = 4, .begin = 2, .end = 5},  {.word = 3, .begin = 4, .end = 9},
                         {.word = 2, .begin = 8, .end = 10}, {.word = 9, .begin = 0, .end = 2},
                         {.word = 1, .begin = 0, .end = 2},  {.word = 5, .begin = 9, .end = 12}};
    WordPlaces places = {.items = items, .count = 6};
    Error error;
    cr_assert_eq(word_places_thin(&places, 12, &error), STATUS_OK);
    static const WordPlace expected[] = {{1, 0, 2}, {3, 4, 9}, {5, 9, 12}};
    cr_assert_eq(places.count, 3);
    for (size_t i = 0; i < 3; i++) {
        cr_expect(places.items[i].word == expected[i].word &&
                  places.items[i].begin == expected[i].begin &&
                  places.items[i].end == expected[i].end);
    }
}

Test(word_places, errors_are_those_of_the_pattern)
{
    Case *made = begin("a");
    WordFinder *finder;
    Error error;
    made->rules.tokenizer.pattern = "(";
    cr_expect_eq(word_finder_new(&made->rules, &finder, &error), STATUS_USAGE);
    cr_expect_null(finder);
    made->rules.tokenizer.pattern = "(a+)+$";
    cr_assert_eq(word_finder_new(&made->rules, &finder, &error), STATUS_OK);
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!";
    cr_expect_eq(word_finder_find(finder, text, strlen(text), &made->places, &error),
                 STATUS_FAILED);
    word_finder_free(finder);
    end(made);
}
