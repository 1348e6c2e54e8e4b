#include "matrix/libraries.h"

#include <archive.h>
#include <cblas.h>
#include <cholmod.h>
#include <stdio.h>

void matrix_libraries(LibraryFunction *tell, void *context)
{
    int version[3];
    char text[64];
    cholmod_l_version(version);
    snprintf(text, sizeof text, "%d.%d.%d", version[0], version[1], version[2]);
    tell(context, "CHOLMOD", text);
    tell(context, "OpenBLAS", openblas_get_config());
    tell(context, "libarchive", archive_version_details());
}
