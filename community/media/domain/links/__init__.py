"""What other sites' pages say of themselves: asked by this site, so no reader is seen there."""
