"""Which help is published for families here, who offers it, where and when?"""
