#include "report/html_escape.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_escaped(const char *text, const char *expected)
{
    char *escaped = NULL;
    size_t size;
    FILE *file = open_memstream(&escaped, &size);
    html_escape(file, text);
    fclose(file);
    cr_expect_str_eq(escaped, expected);
    free(escaped);
}

Test(html_escape, leaves_nothing_that_markup_begins_or_ends_with)
{
    expect_escaped("<b a='1' c=\"2\">&amp;</b>",
                   "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;&lt;/b&gt;");
}

Test(html_escape, shows_control_characters)
{
    expect_escaped("a\x01\t\n\x1B[31m\x7F", "a␁␉␊␛[31m␡");
    expect_escaped("\xC2\x80\xC2\x9F\xC2\xA0", "\xEF\xBF\xBD\xEF\xBF\xBD\xC2\xA0");
}

Test(html_escape, shows_marks_that_turn_the_direction)
{
    /* U+202E, U+2066, U+2069; U+200F and Arabic letters are texts as any. */
    expect_escaped("\xE2\x80\xAE\xE2\x81\xA6x\xE2\x81\xA9",
                   "\xEF\xBF\xBD\xEF\xBF\xBDx\xEF\xBF\xBD");
    expect_escaped("\xE2\x80\x8F\xD8\xB9", "\xE2\x80\x8F\xD8\xB9");
}

Test(html_escape, shows_what_is_no_utf8)
{
    expect_escaped("a\xFF\xE2\x80", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

Test(html_escape, isolates)
{
    char *escaped = NULL;
    size_t size;
    FILE *file = open_memstream(&escaped, &size);
    html_escape_isolated(file, "a<");
    fclose(file);
    cr_expect_str_eq(escaped, "<bdi>a&lt;</bdi>");
    free(escaped);
}
