/* The least that a program costs to start. */
int main(void)
{
	return 0;
}
