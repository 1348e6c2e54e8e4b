/* Which third-party libraries this floor uses. */
#ifndef THEMATA_MATRIX_LIBRARIES_H
#define THEMATA_MATRIX_LIBRARIES_H

#include "base/library.h"

void matrix_libraries(LibraryFunction *tell, void *context);

#endif
