/* Gives a fuzz target the files named and those of the directories named, without libFuzzer. A
 * directory need not be there: not every target has found something. */
#include "fuzz.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>

int main(int count, char **paths)
{
    int64_t inputs = 0;
    FTS *tree = count > 1 ? fts_open(paths + 1, FTS_LOGICAL | FTS_NOCHDIR, NULL) : NULL;
    for (FTSENT *entry; tree && (entry = fts_read(tree));) {
        if (entry->fts_info == FTS_F) {
            size_t length;
            char *bytes = fuzz_read(entry->fts_accpath, &length);
            fprintf(stderr, "%s\n", entry->fts_path); /* the last one told is the one that failed */
            uint8_t *exact = malloc(length ? length : 1); /* so that ASan sees its end */
            REQUIRE(exact != NULL);
            for (size_t i = 0; i < length; i++) {
                exact[i] = (uint8_t)bytes[i];
            }
            LLVMFuzzerTestOneInput(exact, length);
            free(exact);
            free(bytes);
            inputs++;
        }
    }
    if (tree) {
        fts_close(tree);
    }
    printf("%lld inputs\n", (long long)inputs);
    return inputs ? 0 : 1;
}
