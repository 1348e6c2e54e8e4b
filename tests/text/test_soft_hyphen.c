#include "text/soft_hyphen.h"

#include <criterion/criterion.h>
#include <string.h>

Test(soft_hyphen, joins_what_it_divides_at_the_end_of_a_line)
{
    static const struct {
        const char *text, *joined;
    } cases[] = {
        {"co\u00AD\noperate", "cooperate"},
        {"co\u00AD\r\n  \toperate", "cooperate"},
        {"co\u00ADop\u00AD\nerate and\nco-\noperate", "co\u00ADoperate and\nco-\noperate"},
        {"one\u00AD two\u00AD", "one\u00AD two\u00AD"},
        {"one\u00AD\r", "one\u00AD\r"},
        {"one\u00AD\n", "one"},
        {"one\u00AD\n\ntwo", "one\ntwo"},
        {"\u00AD\n\u00AD\n", ""},
        {"no\nsuch\u00ABthing\u00BB", "no\nsuch\u00ABthing\u00BB"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer text = {0};
        Error error;
        cr_assert_eq(buffer_append_text(&text, cases[i].text, &error), STATUS_OK);
        soft_hyphens_join(&text);
        cr_assert_str_eq(buffer_text(&text), cases[i].joined);
        cr_assert_eq(text.length, strlen(cases[i].joined));
        buffer_free(&text);
    }
    Buffer none = {0};
    soft_hyphens_join(&none);
    cr_assert(none.length == 0 && !none.bytes);
}
