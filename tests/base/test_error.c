#include "base/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

Test(error, is_filled_with_status_and_message_and_has_no_hint)
{
    Error error;
    memset(&error, 'x', sizeof error);
    cr_assert_eq(error_set(&error, STATUS_INPUT, "%s: %d bytes", "file", 7), STATUS_INPUT);
    cr_assert_eq(error.status, STATUS_INPUT);
    cr_assert_str_eq(error.message, "file: 7 bytes");
    cr_assert_str_eq(error.hint, "");
}

Test(error, takes_a_hint_and_keeps_its_status)
{
    Error error;
    error_set(&error, STATUS_USAGE, "no");
    cr_assert_eq(error_hint(&error, "try %s", "this"), STATUS_USAGE);
    cr_assert_str_eq(error.message, "no");
    cr_assert_str_eq(error.hint, "try this");
    error_set(&error, STATUS_FAILED, "again");
    cr_assert_str_eq(error.hint, "");
}

Test(error, cuts_what_does_not_fit)
{
    Error error;
    char longer[5000];
    memset(longer, 'y', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    error_set(&error, STATUS_FAILED, "%s", longer);
    error_hint(&error, "%s", longer);
    cr_assert_eq(strlen(error.message), sizeof error.message - 1);
    cr_assert_eq(strlen(error.hint), sizeof error.hint - 1);
}

Test(error, says_what_the_system_said)
{
    Error error;
    errno = ENOSPC;
    cr_assert_eq(error_errno(&error, "out.csv"), STATUS_FAILED);
    char expected[200];
    snprintf(expected, sizeof expected, "out.csv: %s", strerror(ENOSPC));
    cr_assert_str_eq(error.message, expected);
}

Test(error, a_subject_goes_in_front_and_the_hint_stays)
{
    Error error;
    error_set(&error, STATUS_INPUT, "is %s", "wrong");
    cr_assert_eq(error_put_subject(&error, "line 7"), STATUS_INPUT);
    cr_assert_str_eq(error.hint, "");
    error_hint(&error, "100%% of it");
    cr_assert_eq(error_put_subject(&error, "a%s.csv"), STATUS_INPUT);
    cr_assert_str_eq(error.message, "a%s.csv: line 7: is wrong");
    cr_assert_str_eq(error.hint, "100% of it");
}
