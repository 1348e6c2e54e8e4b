#include "model/choice.h"

#include "base/buffer.h"

#include <stdlib.h>

Status choice_make(const Sweep *sweep, Choice *choice, Error *error)
{
    Buffer text = {0};
    Status status = buffer_append_text(&text, "", error);
    choice->advice = text.bytes;
    (void)sweep;
    return status;
}

void choice_free(Choice *choice)
{
    free(choice->advice);
    *choice = (Choice){0};
}
