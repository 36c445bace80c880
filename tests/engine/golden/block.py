import numpy as np
from engine import Variable, neg, exp, add, div, square


def sigmoid(x, one):
    a = neg(x)
    b = exp(a)
    c = add(one, b)
    y = div(one, c)
    return y


x = Variable(np.array(0.5))
one = Variable(np.array(1.0))

y = sigmoid(x, one)
z = square(y)

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("one.grad =", one.grad)
