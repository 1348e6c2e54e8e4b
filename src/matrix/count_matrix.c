#include "matrix/count_matrix.h"

#include <stdlib.h>

void count_matrix_free(CountMatrix *matrix)
{
    free(matrix->starts);
    free(matrix->indices);
    free(matrix->values);
    free(matrix->amounts);
    *matrix = (CountMatrix){0};
}
